"""What the tools are tried on: slips of one word in small files, and documents of a wanted size without any."""

import itertools
import json
from dataclasses import dataclass
from typing import Callable, Dict

import documents

SUFFIX = {"policy": ".json", "template.json": ".json", "template.yaml": ".yaml", "terraform": ".tf"}


@dataclass(frozen=True)
class Slip:
    title: str
    wrong: str
    right: str
    # By kind of file, its text as a function of the word.
    texts: Dict[str, Callable]
    # What a finding has to name, where that is not the wrong word.
    named: str = ""

    def is_named_in(self, finding):
        """Some tools leave the service away, or write in small letters."""
        return (self.named or self.wrong.split(":")[-1]).lower() in finding.lower()


def policy(*actions, resource="*"):
    statement = {"Sid": "Read", "Effect": "Allow", "Action": actions, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=2) + "\n"


def template(*actions, resource="*", key="Description"):
    statement = {"Sid": "Read", "Effect": "Allow", "Action": actions, "Resource": resource}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    properties = {key: "Reading", "PolicyDocument": document}
    return yaml({"Reader": {"Type": "AWS::IAM::ManagedPolicy", "Properties": properties}})


def profile(permission):
    permissions = ["BasicAgentAccess", permission]
    properties = {"SecurityProfileName": "Agents", "InstanceArn": documents.INSTANCE + "0000", "Permissions": permissions}
    return yaml({"Agents": {"Type": "AWS::Connect::SecurityProfile", "Properties": properties}})


def yaml(resources):
    value = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
    return documents.cloudformation_yaml(json.loads(json.dumps(value)))


def terraform(action):
    lists = f'    actions   = ["connect:ListUsers", "{action}"]\n    resources = ["*"]\n'
    return f'data "aws_iam_policy_document" "read" {{\n  statement {{\n{lists}  }}\n}}\n'


def half_typed(text):
    """The text at the moment when its last action is not closed yet."""
    return text.replace('"connect:ListQueues"', '"connect:ListQueues')


KNOWN = "connect:ListUsers"
TYPO = ("connect:DescribeUsr", "connect:DescribeUser")
IN_POLICY = {"policy": lambda word: policy(KNOWN, word)}
IN_TEMPLATE = {"template.yaml": lambda word: template(KNOWN, word)}
IN_BOTH = {**IN_POLICY, **IN_TEMPLATE}
ON_RESOURCE = {
    "policy": lambda word: policy("connect:DescribeUser", resource=f"{documents.INSTANCE}0000/{word}"),
    "template.yaml": lambda word: template("connect:DescribeUser", resource=f"{documents.INSTANCE}0000/{word}"),
}
OF_S3 = {"policy": lambda word: policy("s3:ListBucket", word), "template.yaml": lambda word: template("s3:ListBucket", word)}

SLIPS = [
    Slip("a typo in an action: policy in JSON", *TYPO, IN_POLICY),
    Slip("… CloudFormation in YAML", *TYPO, IN_TEMPLATE),
    Slip("… Terraform", *TYPO, {"terraform": terraform}),
    Slip("… while a later string is open, policy", *TYPO, {"policy": lambda word: half_typed(policy(word, "connect:ListQueues"))}),
    Slip("… while a later string is open, CloudFormation", *TYPO, {"template.yaml": lambda word: half_typed(template(word, "connect:ListQueues"))}),
    Slip("a wildcard that matches no action", "connect:Lst*", "connect:List*", IN_BOTH),
    Slip("an action that does not apply to the resource", "queue/0a1b2c3d-0000-4000-8000-000000000001", "agent/*", ON_RESOURCE, named="DescribeUser"),
    Slip("an unknown security profile permission", "RoutingProfiles.View", "RoutingPolicies.View", {"template.yaml": profile}),
    Slip("a console label instead of a permission name", "Routing profiles - View", "RoutingPolicies.View", {"template.yaml": profile}),
    Slip("a typo in an action, in a policy without Amazon Connect", "s3:GetObjct", "s3:GetObject", OF_S3),
    Slip("an unknown property of a template", "Descripton", "Description", {"template.yaml": lambda word: template(KNOWN, key=word)}),
]
# AWS has it (catalog/data/unlisted.json tells from where that is known), its reference does not list it.
UNLISTED = Slip("", "connect:AssociateHoursOfOperations", "connect:ListUsers", IN_BOTH)


def resources():
    """A template's resources, which nothing is wrong with: of eight one is a policy."""
    for number in itertools.count():
        if number % 8 == 0:
            properties = {"PolicyDocument": documents.policy(3, False, number * 3)}
            yield f"Policy{number}", {"Type": "AWS::IAM::ManagedPolicy", "Properties": properties}
        else:
            properties = {"Type": "String", "Name": f"/contact-centre/{number}", "Description": f"Setting {number}", "Value": f"value {number}"}
            yield f"Setting{number}", {"Type": "AWS::SSM::Parameter", "Properties": properties}


def large_template(size, write):
    """A CloudFormation template of about so many bytes."""
    each = len(write(dict(itertools.islice(resources(), 40)))) / 40
    some = dict(itertools.islice(resources(), max(1, round(size / each))))
    return write({"AWSTemplateFormatVersion": "2010-09-09", "Resources": some})


def large_policy(size):
    each = len(json.dumps(documents.policy(40), indent=2)) / 40
    return json.dumps(documents.policy(round(size / each)), indent=2)
