data "aws_iam_policy_document" "supervisor" {
  statement {
    sid = "SeePeople"
    actions = [
      "connect:DescribeUser",
      "connect:ListUsers",
      "connect:SearchUsers",
    ]
    resources = ["${aws_connect_instance.main.arn}/*"]
  }

  statement {
    sid    = "MonitorContacts"
    effect = "Allow"
    actions = [
      "connect:MonitorContact",  # listens in
      "connect:GetCurrentMetricData",
      "connect:GetMetricDataV2",
    ]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/team"
      values   = ["care"]
    }
  }

  dynamic "statement" {
    for_each = var.regions
    content {
      actions   = ["connect:ListInstances"]
      resources = ["arn:aws:connect:${statement.value}:*:instance/*"]
    }
  }
}
