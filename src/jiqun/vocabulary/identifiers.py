"""Registration numbers of firms: their shape and their check digits.

统一社会信用代码: GB 32100-2015, 18 characters, the last from a weighted sum modulo 31.
Legal entity identifier: ISO 17442, 20 characters, checked modulo 97 as ISO 7064 has it.
Resident identity number 公民身份号码: GB 11643-1999, 18 characters, modulo 11; known here only so
that a number of a person is recognised where it does not belong.
"""

import re

CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""31 characters: digits and capital letters without I, O, S, V and Z."""
CREDIT_CODE_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
CREDIT_CODE_SHAPE = r"^[1-9A-HJ-NP-RTUWXY][1-9][0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}$"

LEI_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEI_SHAPE = r"^[0-9A-Z]{18}[0-9]{2}$"

IDENTITY_WEIGHTS = tuple(pow(2, 17 - position, 11) for position in range(17))
IDENTITY_CHECKS = "10X98765432"
"""Check character of each remainder."""
IDENTITY_SHAPE = (
    r"[1-8][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
)


def credit_code_ok(code: str) -> bool:
    """Say whether a text is a unified social credit code with the right check character."""
    if re.match(CREDIT_CODE_SHAPE, code) is None:
        return False
    values = [CREDIT_CODE_ALPHABET.index(character) for character in code]
    total = sum(w * v for w, v in zip(CREDIT_CODE_WEIGHTS, values[:17], strict=True))
    return values[17] == -total % 31


def lei_ok(code: str) -> bool:
    """Say whether a text is a legal entity identifier with the right check digits."""
    if re.match(LEI_SHAPE, code) is None:
        return False
    return int("".join(str(LEI_ALPHABET.index(character)) for character in code)) % 97 == 1


def identity_number_ok(number: str) -> bool:
    """Say whether a text is a resident identity number with the right check character."""
    if re.fullmatch(IDENTITY_SHAPE, number) is None:
        return False
    total = sum(w * int(d) for w, d in zip(IDENTITY_WEIGHTS, number[:17], strict=True))
    return IDENTITY_CHECKS[total % 11] == number[17].upper()
