instance_alias = "care"

security_profiles = {
  agent = {
    description = "Takes calls"
    permissions = ["BasicAgentAccess", "OutboundCallAccess", "TransferDestinations.View"]
  }
  "night shift" = {
    description = "Takes calls at night"
    permissions = [
      "BasicAgentAccess",
      "Queues.View",
      "Users.View",
    ]
  }
}
