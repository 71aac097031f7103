# What a supervisor's role may do, said in the three ways in which Terraform says it.

data "aws_iam_policy_document" "supervisor" {
  statement {
    sid = "SeePeople"
    actions = [
      "connect:DescribeUser",
      "connect:ListUser", # ListUsers was meant
      "connect:SearchUsers",
    ]
    resources = ["${aws_connect_instance.main.arn}/*"]
  }
}

resource "aws_iam_policy" "queues" {
  name = "queues"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["connect:ListQueues", "connect:DescribeQueues"]
      Resource = "*"
    }]
  })
}

resource "aws_iam_role_policy" "flows" {
  role   = aws_iam_role.supervisor.id
  policy = <<-EOF
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["connect:DescribeContactFlow", "connect:Lst*"],
          "Resource": "${aws_connect_instance.main.arn}/*"
        }
      ]
    }
  EOF
}

resource "aws_connect_security_profile" "supervisor" {
  instance_id = aws_connect_instance.main.id
  name        = "Supervisor"

  permissions = [
    "BasicAgentAccess",
    "Queues.View",
    "Routing profiles - View", # the console's label
    "ManagerListenIn",
  ]
}
