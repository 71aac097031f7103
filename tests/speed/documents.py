"""Documents of a wanted size, as people write them: most of a template is not about access."""

import itertools
import json

NAMES = ["ListUsers", "DescribeUser", "UpdateUserRoutingProfile", "CreateQueue", "List*", "DescribeQueue", "StartOutboundVoiceContact"]
INSTANCE = "arn:aws:connect:us-east-1:123456789012:instance/0a1b2c3d-0000-4000-8000-00000000"


def statement(number, wrong):
    """One statement with three actions; a wrong one has a slip in each."""
    names = [NAMES[(number + offset) % len(NAMES)] for offset in range(3)]
    actions = ["connect:" + (name.replace("s", "", 1) + "x" if wrong else name) for name in names]
    resource = f"{INSTANCE}{number % 10000:04}"
    return {"Sid": f"S{number}", "Effect": "Allow", "Action": actions, "Resource": [resource, f"{resource}/queue/*", f"{resource}/agent/*"]}


def policy(statements, wrong=False, first=0):
    return {"Version": "2012-10-17", "Statement": [statement(first + number, wrong) for number in range(statements)]}


def resources(wrong):
    """The resources of a template, one after the other: of eight one is a role with a policy."""
    for number in itertools.count():
        if number % 8 == 0:
            document = policy(3, wrong, number * 3)
            yield f"Role{number}", {"Type": "AWS::IAM::Role", "Properties": {"Policies": [{"PolicyName": "p", "PolicyDocument": document}]}}
        else:
            environment = {f"KEY_{index}": f"value {number}-{index}" for index in range(6)}
            properties = {"Handler": "index.handler", "Runtime": "nodejs20.x", "Timeout": 30, "Environment": {"Variables": environment}}
            yield f"Function{number}", {"Type": "AWS::Lambda::Function", "Properties": properties}


def template(size, wrong=False, write=None):
    """A CloudFormation template of about so many bytes."""
    write = write or cloudformation_json
    sample = dict(itertools.islice(resources(wrong), 40))
    each = len(write({"Resources": sample})) / len(sample)
    return write({"AWSTemplateFormatVersion": "2010-09-09", "Resources": dict(itertools.islice(resources(wrong), max(1, round(size / each))))})


def cloudformation_json(value):
    return json.dumps(value, indent=2) + "\n"


def cloudformation_yaml(value, depth=0):
    """The same as YAML in block style."""
    pad = "  " * depth
    lines = []
    for key, inner in value.items():
        if isinstance(inner, dict):
            lines.append(f"{pad}{key}:\n{cloudformation_yaml(inner, depth + 1)}")
        elif isinstance(inner, list):
            lines.append(f"{pad}{key}:\n")
            for item in inner:
                text = cloudformation_yaml(item, depth + 2) if isinstance(item, dict) else f"{pad}    {json.dumps(item)}\n"
                lines.append(f"{pad}  - {text[len(pad) + 4:]}")
        else:
            lines.append(f"{pad}{key}: {json.dumps(inner)}\n")
    return "".join(lines)


def terraform(size, wrong=False):
    """Policy documents among other resources."""
    blocks, length = [], 0
    for number in itertools.count():
        if length >= size:
            return "".join(blocks)
        if number % 8:
            block = f'resource "aws_lambda_function" "f{number}" {{\n  function_name = "f{number}"\n  handler       = "index.handler"\n  timeout       = 30\n  environment {{\n    variables = {{\n      STAGE = var.stage\n      TABLE = "${{var.prefix}}-table"\n    }}\n  }}\n}}\n\n'
        else:
            one = statement(number, wrong)
            lists = "".join(f'    {key} = [\n{"".join(f"      {json.dumps(item)},{chr(10)}" for item in one[name])}    ]\n' for key, name in (("actions", "Action"), ("resources", "Resource")))
            block = f'data "aws_iam_policy_document" "d{number}" {{\n  statement {{\n    sid = "S{number}"\n{lists}  }}\n}}\n\n'
        blocks.append(block)
        length += len(block)
