# What the report's picture shows.

resource "aws_connect_security_profile" "agent" {
  instance_id = var.instance_id
  name        = "Agent"
  permissions = [
    "BasicAgentAccess", "OutboundCallAccess", "RestrictTaskCreation.Access", "TransferDestinations.View", "Users.View",
  ]
}

resource "aws_connect_security_profile" "team_lead" {
  instance_id = var.instance_id
  name        = "Team lead"
  permissions = [
    "AccessMetrics", "BasicAgentAccess", "ContactSearch.View", "ListenCallRecordings", "ManagerListenIn",
    "MetricsReports.Create", "MetricsReports.View", "OutboundCallAccess", "Queues.Edit", "Queues.View", "RedactedData.View",
    "RoutingPolicies.View", "TransferDestinations.Create", "TransferDestinations.Edit", "TransferDestinations.View",
    "Users.View",
  ]
}

resource "aws_connect_security_profile" "administrator" {
  instance_id = var.instance_id
  name        = "Administrator"
  permissions = [
    "ContactFlows.Create", "ContactFlows.Delete", "ContactFlows.Edit", "ContactFlows.Publish", "ContactFlows.View",
    "HoursOfOperation.Create", "HoursOfOperation.Delete", "HoursOfOperation.Edit", "HoursOfOperation.View",
    "PhoneNumbers.Claim", "PhoneNumbers.Edit", "PhoneNumbers.Release", "PhoneNumbers.View", "Queues.Create", "Queues.Edit",
    "Queues.EnableAndDisable", "Queues.Purge", "Queues.View", "RoutingPolicies.Create", "RoutingPolicies.Edit",
    "RoutingPolicies.View", "SecurityProfiles.Create", "SecurityProfiles.Edit", "SecurityProfiles.View", "Users.Create",
    "Users.Delete", "Users.Edit", "Users.EditPermission", "Users.View",
  ]
}

resource "aws_connect_security_profile" "auditor" {
  instance_id = var.instance_id
  name        = "Auditor"
  permissions = [
    "ContactFlows.View", "HoursOfOperation.View", "Queues.View", "RoutingPolicies.View", "SecurityProfiles.View", "Users.View",
  ]
}
