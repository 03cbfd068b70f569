"""From a form to scores: choosing the rule, comparing, evaluating, adding up, and keeping why."""
