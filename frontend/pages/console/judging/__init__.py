"""The console's pages of judging: who judges what, rules, rubrics, groups, samples, the pitch day."""
