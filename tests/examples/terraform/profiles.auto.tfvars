security_profiles = {
  agent = {
    description = "Takes calls"
    permissions = ["BasicAgentAccess", "OutboundCallAccess", "QuickConnects.View"]
  }
  night_shift = {
    description = "Takes calls at night"
    permissions = ["BasicAgentAccess", "Users.View"]
  }
}
