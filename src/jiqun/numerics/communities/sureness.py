"""From the share of draws in which a firm belongs to how often such a firm was right.

Draws of one network agree with each other more than with the truth: firms that are in no cluster follow
their few links in most of them. The shares were compared with what was planted, and the line through
how often they were right takes their place. ``verification/clusters_membership.py`` makes the line from
some worlds and tries it on others.

References
----------
Niculescu-Mizil, A. & Caruana, R. (2005). Predicting good probabilities with supervised learning. ICML 22,
625-632. doi:10.1145/1102351.1102430
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SHARE = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
RIGHT = (0.28, 0.42, 0.59, 0.78, 0.92, 0.97)
"""How often firms with such a share of the draws were members of the planted cluster."""


def sureness(share: Floats) -> Floats:
    """Return how often a firm that belongs in such a share of the draws was right."""
    return np.asarray(np.interp(share, SHARE, RIGHT), dtype=np.float64)
