resource "aws_connect_security_profile" "lead" {
  instance_id = aws_connect_instance.main.id
  name        = "Lead"
  description = "Leads a shift"

  permissions = [
    "BasicAgentAccess",
    "OutboundCallAccess",
    "Queues.View",
    "RoutingPolicies.View",
  ]

  tags = {
    team = "care"
  }
}

resource "aws_connect_security_profile" "quality" {
  instance_id = aws_connect_instance.main.id
  name        = "Quality"
  permissions = toset(["BasicAgentAccess", "ContactSearch.View", "EvaluationForms.View"])
}

module "access" {
  source = "./modules/access"
  statements = {
    read = {
      effect    = "Allow"
      actions   = ["connect:ListAgentStatuses", "connect:DescribeAgentStatus"]
      resources = ["*"]
    }
  }
}
