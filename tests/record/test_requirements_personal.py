"""Personal data: numbers of persons are found, masked and told from registration numbers."""

from jiqun.record.problem import Problem
from jiqun.record.record import Record
from jiqun.record.requirements import check
from tests.record.sound_records import places, plant, sound_record

# The example of GB 11643-1999 itself, and numbers of the reserved kind that nobody has.
IDENTITY = "11010519491231002X"
MOBILE = "13800000000"


def only(record: Record) -> Problem:
    (problem,) = check(record)
    return problem


def test_an_identity_number_in_a_name_is_found_and_masked() -> None:
    problem = only(plant(sound_record(), "firms", 2, name=f"王某 {IDENTITY.lower()}"))
    assert places((problem,)) == [("personal.identity_number", "firms", 2, "name")]
    assert problem.value == "110***************"
    assert IDENTITY[6:] not in problem.message.zh


def test_a_wrong_check_character_or_a_longer_number_is_none() -> None:
    for text in (
        IDENTITY[:-1] + "1",
        f"9{IDENTITY}",
        f"{IDENTITY}9",
        "110105194912310021x",
        "1101051949123100٢X",
    ):
        assert check(plant(sound_record(), "firms", 2, name=text)) == ()


def test_an_identity_number_as_key_is_found() -> None:
    problem = only(plant(sound_record(), "policies", 1, policy_id=IDENTITY))
    assert places((problem,)) == [("personal.identity_number", "policies", 1, "policy_id")]


def test_a_mobile_number_is_found_and_a_key_of_eleven_digits_is_not() -> None:
    for text in (MOBILE, f"电话:{MOBILE}。", f"+86{MOBILE}", f"+86 {MOBILE}"):
        problem = only(plant(sound_record(), "policies", 1, target=text))
        assert places((problem,)) == [("personal.mobile_number", "policies", 1, "target")]
        assert problem.value == "138********"
    assert check(plant(sound_record(), "policies", 1, policy_id=MOBILE)) == ()
    for text in (f"0.{MOBILE}", f"{MOBILE}1", "12800000000"):
        assert check(plant(sound_record(), "policies", 1, target=text)) == ()


def test_the_columns_of_users_are_searched() -> None:
    record = sound_record()
    firms = record["firms"].with_columns(x_contact=None)
    rows = record.replace(firms=firms)
    problem = only(plant(rows, "firms", 3, x_contact=MOBILE))
    assert places((problem,)) == [("personal.mobile_number", "firms", 3, "x_contact")]
