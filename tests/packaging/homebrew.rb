# Runs a formula as Homebrew does, for one system: prints the archive it downloads, and installs the files of that archive.
#
#   homebrew.rb FORMULA SYSTEM ARCH ARCHIVES OUT
require "fileutils"
require "tmpdir"

$formula, $system, $arch, $archives, $out = ARGV

# The part of Homebrew's language that the formula uses; anything else is an error.
class Formula
  class << self
    attr_reader :archive, :checksum
    %i[desc homepage version license].each { |name| define_method(name) { |_text| } }
    %w[macos linux].each { |name| define_method("on_#{name}") { |&part| part.call if $system == name } }
    %w[arm intel].each { |name| define_method("on_#{name}") { |&part| part.call if $arch == name } }
    def url(text) = @archive = text
    def sha256(text) = @checksum = text
    def test = nil
  end

  Folder = Struct.new(:path) do
    def install(files)
      FileUtils.mkdir_p(path)
      pairs = files.is_a?(Hash) ? files : Array(files).to_h { |file| [file, File.basename(file)] }
      raise "no files for #{path}" if pairs.empty?
      pairs.each { |from, to| FileUtils.cp(from, File.join(path, to)) }
    end
  end
  %w[bin man1 bash_completion fish_completion zsh_completion].each do |name|
    define_method(name) { Folder.new(File.join($out, name)) }
  end
end

load $formula
puts "#{ConnectPolicy.archive} #{ConnectPolicy.checksum}"
Dir.mktmpdir do |folder|
  archive = File.join($archives, File.basename(ConnectPolicy.archive))
  system("tar", "-xzf", archive, "-C", folder, "--strip-components=1", exception: true)
  Dir.chdir(folder) { ConnectPolicy.new.install }
end
