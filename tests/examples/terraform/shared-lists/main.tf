# Lists that stand in another file of the folder: they are judged there, and count here.

data "aws_iam_policy_document" "onboarding" {
  statement {
    actions   = concat(local.reading, local.onboarding, ["connect:ListUsers"])
    resources = ["*"]
  }
}

resource "aws_connect_security_profile" "team" {
  for_each = local.profiles

  instance_id = var.instance_id
  name        = each.key
  permissions = local.profiles[each.key].permissions
}
