locals {
  reader_actions = ["connect:DescribeRoutingProfile", "connect:ListRoutingProfiles"]
}

resource "aws_iam_policy" "routing" {
  name = "routing"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = concat(local.reader_actions, ["connect:CreateRoutingProfile", "connect:UpdateRoutingProfileName"])
        Resource = "*"
      },
      {
        "Effect" : "Deny",
        "Action" : "connect:DeleteInstance",
        "Resource" : "*"
      },
    ]
  })
}

resource "aws_iam_role_policy" "heredoc" {
  role   = aws_iam_role.sync.id
  policy = <<-EOF
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": [
            "connect:AssociateQueueQuickConnects",
            "connect:ListQueueQuickConnects"
          ],
          "Resource": "${aws_connect_instance.main.arn}/*"
        }
      ]
    }
  EOF
}
