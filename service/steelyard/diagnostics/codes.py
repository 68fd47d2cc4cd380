"""Every kind of fault, under the code by which people and tools know it. A code is never renamed."""

from enum import StrEnum
from typing import Self


class Severity(StrEnum):
    """How much a fault matters: an error spoils the answers, a warning leaves them right."""

    ERROR = "error"
    WARNING = "warning"


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


class Code(StrEnum):
    """A kind of fault: its code, how severe it is, and what it means to the person who caused it."""

    severity: Severity
    meaning: str

    def __new__(cls, code: str, severity: Severity, meaning: str) -> Self:
        """Makes a member from its three parts."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.severity = severity
        member.meaning = meaning
        return member

    FILE_NOT_FOUND = "file/not-found", _ERROR, "The path names neither a file nor a folder."
    FILE_UNREADABLE = "file/unreadable", _ERROR, "The operating system refuses to read the file."
    FILE_NOTHING_HERE = "file/nothing-here", _ERROR, "The folder holds no YAML file."
    FILE_EMPTY = "file/empty", _ERROR, "The file holds nothing but white space and comments."
    FILE_TOO_LARGE = "file/too-large", _ERROR, "The file, or data that a program hands over, is larger than the limit."
    FILE_TOO_MANY = "file/too-many", _ERROR, "The folder holds more YAML files than the limit."
    FILE_NOT_UTF8 = "file/not-utf8", _ERROR, "The file is not text in UTF-8."
    FILE_WRONG_KIND = "file/wrong-kind", _ERROR, "The file holds a stack where a ruleset is wanted, or the reverse."

    YAML_SYNTAX = "yaml/syntax", _ERROR, "The text is not YAML."
    YAML_TOO_DEEP = "yaml/too-deep", _ERROR, "Values are nested deeper than the limit."
    YAML_ALIAS_EXPANSION = "yaml/alias-expansion", _ERROR, "Aliases stand for more values than the limit."
    YAML_UNKNOWN_ALIAS = (
        "yaml/unknown-alias",
        _ERROR,
        "An alias names an anchor that does not stand before it.",
    )
    YAML_RECURSIVE_ALIAS = "yaml/recursive-alias", _ERROR, "An alias stands inside the value that it names."
    YAML_MERGE_KEY = "yaml/merge-key", _ERROR, "Merge keys (`<<`) are not supported."
    YAML_TAG = "yaml/tag", _ERROR, "Tags (`!name`) are not supported: the place of a value decides its type."
    YAML_SEVERAL_DOCUMENTS = "yaml/several-documents", _ERROR, "The file holds more than one YAML document."
    YAML_KEY_NOT_TEXT = "yaml/key-not-text", _ERROR, "A key is not a text."
    YAML_DUPLICATE_KEY = "yaml/duplicate-key", _ERROR, "A key stands twice, in one file or in two."

    JSON_SYNTAX = "json/syntax", _ERROR, "The text is not JSON."
    JSON_NOT_UTF8 = "json/not-utf8", _ERROR, "The text is not in UTF-8."
    JSON_TOO_DEEP = "json/too-deep", _ERROR, "Values are nested deeper than the limit."
    JSON_DUPLICATE_KEY = "json/duplicate-key", _ERROR, "A key stands twice in one object."

    KEY_UNKNOWN = "key/unknown", _ERROR, "The key has no meaning here."
    KEY_MISSING = "key/missing", _ERROR, "A key that must be given is not."
    VALUE_WRONG_TYPE = "value/wrong-type", _ERROR, "The value is of another type than this place takes."
    VALUE_EMPTY = "value/empty", _ERROR, "The text, list or mapping must hold something."
    VALUE_BAD_ID = "value/bad-id", _ERROR, "An id is not written as ids are."
    VALUE_BAD_DATE = "value/bad-date", _ERROR, "The value is not a day of the calendar written YYYY-MM-DD."
    VALUE_BAD_ADDRESS = (
        "value/bad-address",
        _ERROR,
        "The value is not an address that starts with http or https.",
    )
    VALUE_OUT_OF_RANGE = "value/out-of-range", _ERROR, "The number is outside what this place takes."
    VALUE_TOO_FINE = "value/too-fine", _ERROR, "A weight has more than three decimals, or a number is too close to 0."
    VALUE_UNKNOWN_WORD = "value/unknown-word", _ERROR, "The word is none of those that this place takes."
    VALUE_CONTROL_CHARACTER = "value/control-character", _ERROR, "The text holds a control character."
    VALUE_REPEATED = "value/repeated", _ERROR, "A list names the same thing twice."
    DATE_EMPTY_RANGE = "date/empty-range", _ERROR, "The last day is not after the first."

    RULESET_IMPORTANCE_ORDER = (
        "ruleset/importance-order",
        _ERROR,
        "The multipliers do not satisfy must >= should >= could.",
    )
    NEED_EMPTY_RANGE = "need/empty-range", _ERROR, "A number's maximum is not above its minimum."
    NEED_UNUSED = "need/unused", _WARNING, "No rule reads the need."
    CANDIDATE_UNUSED = "candidate/unused", _WARNING, "No rule rates the candidate."
    CRITERION_UNUSED = "criterion/unused", _WARNING, "No rule belongs to the criterion."
    EVIDENCE_UNUSED = "evidence/unused", _WARNING, "No rating rests on the evidence."
    EVIDENCE_NO_ADDRESS = "evidence/no-address", _ERROR, "The evidence has neither `url` nor `source`."

    RULE_UNKNOWN_NEED = "rule/unknown-need", _ERROR, "A condition reads a need that is not declared."
    RULE_UNKNOWN_OPTION = (
        "rule/unknown-option",
        _ERROR,
        "A condition names an option that its need does not have.",
    )
    RULE_UNKNOWN_OPERATOR = "rule/unknown-operator", _ERROR, "A test uses an operator that does not exist."
    RULE_OPERATOR_UNFIT = "rule/operator-unfit", _ERROR, "The operator does not fit the need's type."
    RULE_EMPTY_CONDITION = "rule/empty-condition", _ERROR, "A part of a condition holds no test."
    RULE_UNKNOWN_CRITERION = "rule/unknown-criterion", _ERROR, "The rule's criterion is not declared."
    RULE_UNKNOWN_CANDIDATE = (
        "rule/unknown-candidate",
        _ERROR,
        "The rule rates a candidate that is not declared.",
    )
    RULE_UNKNOWN_EVIDENCE = (
        "rule/unknown-evidence",
        _ERROR,
        "A rating rests on evidence that is not declared.",
    )
    RULE_NEVER_HOLDS = "rule/never-holds", _WARNING, "The tests of the rule contradict each other."
    RULE_NO_REASON = "rule/no-reason", _WARNING, "A rating says no `because`."
    RULE_NO_EVIDENCE = "rule/no-evidence", _WARNING, "A rating names no evidence."

    CASE_EXPECTS_NOTHING = "case/expects-nothing", _ERROR, "The case states no expectation."
    CASE_UNKNOWN_RULE = (
        "case/unknown-rule",
        _ERROR,
        "The case expects something of a rule that is not declared.",
    )
    CASE_UNKNOWN_CANDIDATE = (
        "case/unknown-candidate",
        _ERROR,
        "The case expects something of a candidate that is not declared.",
    )

    STACK_UNKNOWN_RULESET = "stack/unknown-ruleset", _ERROR, "The stack joins a ruleset that is not there."
    STACK_FAULTY_RULESET = "stack/faulty-ruleset", _ERROR, "The stack joins a ruleset that has errors itself."
    STACK_UNKNOWN_PART = "stack/unknown-part", _ERROR, "A part takes the answer of a part that the stack does not have."
    STACK_LATER_PART = "stack/later-part", _ERROR, "A part takes its own answer, or that of a part that comes later."
    STACK_UNKNOWN_NEED = (
        "stack/unknown-need",
        _ERROR,
        "A part takes an answer for a need that its ruleset does not have.",
    )
    STACK_UNFIT_NEED = "stack/unfit-need", _ERROR, "A part takes an answer for a need that is not a choice."
    STACK_MISSING_OPTION = (
        "stack/missing-option",
        _ERROR,
        "A need that takes an answer lacks an option for one that can come.",
    )
    STACK_NEEDS_DIFFER = "stack/needs-differ", _ERROR, "A need means one thing in one ruleset and another in the next."

    REQUEST_UNKNOWN_NEED = "request/unknown-need", _ERROR, "The ruleset has no such need."
    REQUEST_UNKNOWN_OPTION = "request/unknown-option", _ERROR, "The need has no such option."
    REQUEST_UNKNOWN_CANDIDATE = "request/unknown-candidate", _ERROR, "The ruleset has no such candidate."
    REQUEST_UNKNOWN_RULESET = "request/unknown-ruleset", _ERROR, "No such ruleset is loaded or shipped."
    REQUEST_UNKNOWN_STACK = "request/unknown-stack", _ERROR, "No such stack is loaded or shipped."
    REQUEST_RULESET_AND_STACK = (
        "request/ruleset-and-stack",
        _ERROR,
        "The request names both a ruleset and a stack, of which it can ask one.",
    )
    REQUEST_CANNOT_COMPARE = (
        "request/cannot-compare",
        _ERROR,
        "The request compares something else than two of the candidates that it asks about.",
    )
    REQUEST_NO_VALUE = "request/no-value", _ERROR, "An importance is given to a need that has no answer."
