{
  description = "Language server and checker for Amazon Connect access policies";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      version = "{{version}}";
      # NixOS has no C library at the usual place, so Linux uses the static programs.
      archives = {
        x86_64-linux = { name = "alpine-x64"; sha256 = "{{sha256:connect-policy-alpine-x64.tar.gz}}"; };
        aarch64-linux = { name = "alpine-arm64"; sha256 = "{{sha256:connect-policy-alpine-arm64.tar.gz}}"; };
        x86_64-darwin = { name = "darwin-x64"; sha256 = "{{sha256:connect-policy-darwin-x64.tar.gz}}"; };
        aarch64-darwin = { name = "darwin-arm64"; sha256 = "{{sha256:connect-policy-darwin-arm64.tar.gz}}"; };
      };
      package = system: archive:
        let pkgs = nixpkgs.legacyPackages.${system}; in
        pkgs.stdenvNoCC.mkDerivation {
          pname = "connect-policy";
          inherit version;
          src = pkgs.fetchurl {
            url = "{{releases}}/connect-policy-${archive.name}.tar.gz";
            inherit (archive) sha256;
          };
          nativeBuildInputs = [ pkgs.installShellFiles ];
          installPhase = ''
            runHook preInstall
            install -Dm755 connect-policy "$out/bin/connect-policy"
            installManPage man/man1/*.1
            installShellCompletion completions/connect-policy.{bash,fish} --zsh completions/connect-policy.zsh
            runHook postInstall
          '';
          meta = {
            description = "Language server and checker for Amazon Connect access policies";
            homepage = "https://github.com/connect-policy/connect-policy";
            license = pkgs.lib.licenses.mit;
            mainProgram = "connect-policy";
          };
        };
    in
    {
      packages = builtins.mapAttrs (system: archive: { default = package system archive; }) archives;
    };
}
