"""Random codes: the reference number that an author takes along, and the short links of the public pages.

The number follows from the form that was filled in, so that sending it twice gives one opinion and one number.
Only its digest is kept: whoever reads the database learns no number, and nobody can be asked for one.
"""

import hashlib
import secrets
import unicodedata
from uuid import UUID

from django.utils.crypto import salted_hmac

# Without 0 O 1 I L, which people mistake for one another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH, GROUP = 12, 4  # 31 to the power of 12: nobody finds a number by trying
SLUG_LENGTH = 8


def reference_of(submission: UUID) -> str:
    """The reference number of a filled-in form, as it is shown: three groups of four."""
    number = int.from_bytes(salted_hmac("campaign.opinions.reference", submission.hex, algorithm="sha256").digest())
    letters = []
    for _place in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "-".join("".join(letters[i : i + GROUP]) for i in range(0, LENGTH, GROUP))


def digest(reference: str) -> str:
    """What is stored of a reference number, however it was typed: small letters, blanks, full width."""
    typed = unicodedata.normalize("NFKC", reference).upper()
    plain = "".join(letter for letter in typed if letter in ALPHABET)
    return hashlib.sha256(f"opinion {plain}".encode()).hexdigest()


def new_slug() -> str:
    """A short link, drawn at random."""
    return "".join(secrets.choice(ALPHABET.lower()) for _place in range(SLUG_LENGTH))
