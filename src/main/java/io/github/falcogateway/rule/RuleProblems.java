package io.github.falcogateway.rule;

import java.util.List;

/** A rule set cannot be run; all of its problems at once. */
public final class RuleProblems extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<RuleProblem> problems;

    RuleProblems(List<RuleProblem> problems) {
        super(problems.size() + " problems in the rule table");
        this.problems = List.copyOf(problems);
    }

    public List<RuleProblem> problems() {
        return problems;
    }
}
