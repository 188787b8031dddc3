"""Policy 政策: dated settings of levers, read from YAML, with every problem told at once.

.. code-block:: yaml

   budget: 3.0                     # money per quarter; every policy spends it, or nothing
   start: 8                        # quarter
   policies:
     - name: templates
       title: {en: Templates, zh: 数字化模板}
       settings: {templates.share: 1.0}
     - name: first_infrastructure
       title: {en: Infrastructure first, zh: 基础设施先行}
       dated:
         8: {infrastructure.share: 1.0}
         60: {scenario_opening.share: 0.5, templates.budget: 1.5}
     - name: matched
       title: {en: By diagnosed type, zh: 按诊断类型}
       reviews: [8, 48]
       cases:
         industrial_digitalization: {templates.share: 1.0}
         otherwise: {infrastructure.share: 1.0}

Paper: P1, P2, P3, P3a-P3d (what is set), Q22 (each costs, equal budgets).
"""

from dataclasses import dataclass, replace

from jiqun.experiments.response import OTHERWISE, By, Response
from jiqun.model.scenario_schema import Policy, Scenario
from jiqun.vocabulary.text import Text

Mix = tuple[Policy, ...]


@dataclass(frozen=True, slots=True)
class PolicyPlan:
    """One policy to compare.

    Attributes
    ----------
    name, title
        Stable name; what readers see.
    levers
        What is set whatever happens.
    response
        What is decided on the way; None for a static policy.
    control_of
        Name of the policy that this one is the control of, with the case told in another way.
    """

    name: str
    title: Text
    levers: Mix = ()
    response: Response | None = None
    control_of: str | None = None

    def applied_to(self, scenario: Scenario) -> Scenario:
        """Return the scenario under what is set whatever happens, beside its own policy."""
        if not self.levers:
            return scenario
        return scenario.model_copy(update={"policy": (*scenario.policy, *self.levers)})

    def told_by(self, by: By, *, name: str, title: Text, accuracy: float = 1.0) -> "PolicyPlan":
        """Return a dynamic policy with the case told in another way."""
        if self.response is None:
            msg = f"{self.name} decides nothing on the way"
            raise ValueError(msg)
        response = replace(self.response, by=by, accuracy=accuracy, sources="")
        return PolicyPlan(name, title, self.levers, response, control_of=self.name)

    def cost(self, periods: int) -> tuple[float, float]:
        """Return the least and the most that it can spend up to a period, over its cases."""
        fixed = sum(_spent(p, periods) for p in self.levers)
        if self.response is None:
            return fixed, fixed
        first = min(self.response.reviews, default=periods)
        rates = [sum(p.budget for p in mix) for _, mix in self.response.cases]
        if OTHERWISE not in dict(self.response.cases):
            rates.append(0.0)
        span = max(periods - first, 0)
        return fixed + min(rates) * span, fixed + max(rates) * span


def _spent(policy: Policy, periods: int) -> float:
    """Return what a lever spends up to a period."""
    return policy.budget * max(min(policy.stop, periods) - policy.start, 0)


NO_POLICY = PolicyPlan("none", Text("No policy", "无政策"))
