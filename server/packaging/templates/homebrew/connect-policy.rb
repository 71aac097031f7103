class ConnectPolicy < Formula
  desc "Language server and checker for Amazon Connect access policies"
  homepage "https://github.com/connect-policy/connect-policy"
  version "{{version}}"
  license "MIT"

  on_macos do
    on_arm do
      url "{{releases}}/connect-policy-darwin-arm64.tar.gz"
      sha256 "{{sha256:connect-policy-darwin-arm64.tar.gz}}"
    end
    on_intel do
      url "{{releases}}/connect-policy-darwin-x64.tar.gz"
      sha256 "{{sha256:connect-policy-darwin-x64.tar.gz}}"
    end
  end

  on_linux do
    on_arm do
      url "{{releases}}/connect-policy-linux-arm64.tar.gz"
      sha256 "{{sha256:connect-policy-linux-arm64.tar.gz}}"
    end
    on_intel do
      url "{{releases}}/connect-policy-linux-x64.tar.gz"
      sha256 "{{sha256:connect-policy-linux-x64.tar.gz}}"
    end
  end

  def install
    bin.install "connect-policy"
    man1.install Dir["man/man1/*.1"]
    bash_completion.install "completions/connect-policy.bash" => "connect-policy"
    fish_completion.install "completions/connect-policy.fish"
    zsh_completion.install "completions/connect-policy.zsh" => "_connect-policy"
  end

  test do
    (testpath/"policy.json").write <<~JSON
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:DescribeUsr", "Resource": "*"}]}
    JSON
    assert_match "unknown-action", shell_output("#{bin}/connect-policy check policy.json", 1)
  end
end
