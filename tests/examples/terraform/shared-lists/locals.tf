locals {
  reading    = ["connect:Describe*", "connect:List*"]
  onboarding = ["connect:CreateUser", "connect:UpdateUserRoutingProfil"]

  profiles = {
    agent = { permissions = ["BasicAgentAccess", "OutboundCallAccess"] }
    lead  = { permissions = ["BasicAgentAccess", "Users.View", "Users.Edti"] }
  }
}
