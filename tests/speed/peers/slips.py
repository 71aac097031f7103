"""What each tool is found to tell. Every answer is read off its own output: it tells a slip if a finding names the word, and
none does once the word is mended."""

from editor import Editor
from samples import SLIPS, SUFFIX, TYPO, UNLISTED, Slip, profile, template
from table import NOT_ITS_WORK
from tools import PATIENCE

YES, NO = "yes", "no"


def rows(tools, folder):
    """Titles and a cell for each tool."""
    for slip in SLIPS:
        yield slip.title, [tells(tool, slip, folder) for tool in tools]
    yield "no finding for an action that is missing from AWS's reference", [is_silent(tool, folder) for tool in tools]
    for title, question in EDITOR.items():
        yield title, [answers(tool, question, folder) for tool in tools]


def tells(tool, slip, folder):
    """Whether the tool tells the slip in any of the kinds of files that it is made to read."""
    kinds = [kind for kind in slip.texts if kind in tool.reads]
    if not kinds:
        return NOT_ITS_WORK
    return YES if any(is_told(tool, slip, kind, folder) for kind in kinds) else NO


def is_told(tool, slip, kind, folder):
    def names(word):
        path = folder / f"sample{SUFFIX[kind]}"
        path.write_text(slip.texts[kind](word))
        return any(slip.is_named_in(finding) for finding in tool.says(path))

    return names(slip.wrong) and not names(slip.right)


def is_silent(tool, folder):
    """Silence says something only of a tool that tells what does not exist, in the same kind of file."""
    told = [kind for kind in UNLISTED.texts if kind in tool.reads and is_told(tool, Slip("", *TYPO, UNLISTED.texts), kind, folder)]
    if not told:
        return NOT_ITS_WORK
    return NO if any(is_told(tool, UNLISTED, kind, folder) for kind in told) else YES


def completes_action(editor, find):
    items = editor.completion(*find('"connect:', after=True))
    return any("ListUsers" in text_of(item) for item in items)


def completes_permission(editor, find):
    items = editor.completion(*find('"RoutingP', after=True))
    return any("RoutingPolicies.View" in text_of(item) for item in items)


def completes_property(editor, find):
    return any("Description" in text_of(item) for item in editor.completion(*find("Descr", after=True)))


def text_of(item):
    return item.get("label", "") + item.get("insertText", "") + item.get("textEdit", {}).get("newText", "")


def explains_action(editor, find):
    return "DescribeUser" in str(editor.ask("textDocument/hover", editor.at(*find("DescribeUser"))))


def explains_property(editor, find):
    return "policy" in str(editor.ask("textDocument/hover", editor.at(*find("Description:"))))


def mends_typo(editor, find):
    line, start = find("connect:DescribeUsr")
    place = {"start": {"line": line, "character": start}, "end": {"line": line, "character": start + len("connect:DescribeUsr")}}
    about = [finding for finding in editor.found if "describeusr" in finding["message"].lower()]
    params = {"textDocument": {"uri": editor.uri}, "range": place, "context": {"diagnostics": about}}
    return "connect:DescribeUser'" in str(editor.ask("textDocument/codeAction", params))


# In CloudFormation as YAML, which all of the servers read.
EDITOR = {
    "completion of an action inside a policy": (lambda: template("connect:"), completes_action),
    "completion of a security profile permission": (lambda: profile("RoutingP"), completes_permission),
    "hover on an action": (lambda: template("connect:DescribeUser"), explains_action),
    "completion of a template property": (lambda: template("connect:ListUsers").replace('Description: "Reading"', "Descr"), completes_property),
    "hover on a template property": (lambda: template("connect:ListUsers"), explains_property),
    "a fix for the typo in an action": (lambda: template("connect:DescribeUsr"), mends_typo),
}


def answers(tool, question, folder):
    """Whether a language server does what an editor asks of it in a template."""
    if not tool.serves:
        return NOT_ITS_WORK
    write, is_answered = question
    path = folder / "template.yaml"
    text = write()
    path.write_text(text)

    def find(words, after=False):
        line = next(number for number, line in enumerate(text.split("\n")) if words in line)
        return line, text.split("\n")[line].index(words) + (len(words) if after else 0)

    with Editor(tool.serves, PATIENCE) as editor:
        editor.start()
        editor.settle()
        editor.opened(path.as_uri(), tool.language(path), text)
        return YES if is_answered(editor, find) else NO
