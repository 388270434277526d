"""Every tier, the strongest first. Imported by the checker and in the lesson's interpreter."""

from checker.running.sandbox.bare import Bare
from checker.running.sandbox.bubblewrap import Bubblewrap
from checker.running.sandbox.landlock import Landlock
from checker.running.sandbox.namespaces import Namespaces
from checker.running.sandbox.tier import Isolation

# One class each, instantiated in every zygote.
ISOLATIONS: dict[str, type[Isolation]] = {
    each.TIER.name: each for each in (Namespaces, Bubblewrap, Landlock, Bare)
}
