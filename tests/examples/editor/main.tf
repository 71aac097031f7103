variable "instance_arn" {
  type = string
}

data "aws_iam_policy_document" "supervisor" {
  statement {
    sid = "ReadQueuesAndUsers"
    actions = [
      "connect:DescribeInstance",
      "connect:ListQueues",
      "connect:DescribeQueue",
      "connect:DescribeUsr",
    ]
    resources = [
      var.instance_arn,
      "${var.instance_arn}/*",
    ]
  }
}

resource "aws_iam_policy" "supervisor" {
  name   = "contact-centre-supervisor"
  policy = data.aws_iam_policy_document.supervisor.json
}
