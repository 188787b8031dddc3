"""Switches of the mechanisms 机制开关: each removes one and leaves every other draw as it was."""

from typing import NamedTuple


class Switches(NamedTuple):
    """One flag a mechanism, all on in a full run.

    Attributes
    ----------
    imitation
        Firms follow a demonstrator in digital capability (P2).
    logic_imitation
        Firms follow a demonstrator that grew faster in logic (P2c).
    inheritance
        Entrants take over the logic of where they come from.
    data_accumulation
        Use leaves data (I2d).
    pooling
        Members pool data on platforms (T10).
    technique
        Firms try techniques: δ and ρ move (K4c, K4d).
    homogeneous_competition
        Whoever is like the others has no markup (D1a).
    wage_feedback
        Wages rise with employment (D1b).
    scenarios
        There is demand from open scenarios (T9).
    wakes
        Innovations build on those of others (M3).
    pair_sum
        Off in a full run. On: the value of an alliance is additive, pair by pair (K3g).
    multilateral
        Alliances may have more than two members (N1f).
    mirror
        Links to suppliers share capacity (K2e).
    data_siting
        Sites are placed by data flows; off: data facilities are placed at random (K2g).
    platforms
        Firms open and join platforms (K2a).
    multi_homing
        A firm can take part in two platforms (N3a).
    direct_effect, cross_effect, data_effect
        Network effects: of users and members on their like, of members on users, of data (N2a, N2f).
    functions
        Platforms add industries (S13).
    relatedness
        They add related ones first (N2e).
    entry
        Firms enter.
    modes
        Efficiency, convergence, digital value (M1-M3).
    """

    imitation: int = 1
    logic_imitation: int = 1
    inheritance: int = 1
    data_accumulation: int = 1
    pooling: int = 1
    technique: int = 1
    homogeneous_competition: int = 1
    wage_feedback: int = 1
    scenarios: int = 1
    wakes: int = 1
    pair_sum: int = 0
    multilateral: int = 1
    mirror: int = 1
    data_siting: int = 1
    platforms: int = 1
    multi_homing: int = 1
    direct_effect: int = 1
    cross_effect: int = 1
    data_effect: int = 1
    functions: int = 1
    relatedness: int = 1
    entry: int = 1
    modes: tuple[int, int, int] = (1, 1, 1)
