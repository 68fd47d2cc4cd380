"""Cases: an author's examples of what a ruleset must answer, run and counted."""

from steelyard.casefile.coverage import Coverage, coverage_of
from steelyard.casefile.report import report_data, report_text
from steelyard.casefile.runner import CaseResult, Failure, run_cases

__all__ = ["CaseResult", "Coverage", "Failure", "coverage_of", "report_data", "report_text", "run_cases"]
