"""Which tests one worker of a run does in a row, because they stand on something dear: a demo, an installation, a cast.

The groups of pytest-xdist rely on a part of pytest that its ninth version has no more.
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = (
    "tests/demo/",
    "tests/browser/test_demo.py",
    "tests/runtime/test_up.py",
    "tests/runtime/test_commands.py",
    "tests/appraisal/test_privacy.py",
    "tests/support/test_care.py",
    "tests/access/test_restricted.py",
)


class Together(LoadScopeScheduling):
    """Hands out tests one by one, and those of a place in ``TOGETHER`` at once."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)
