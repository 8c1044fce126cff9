using Inventory.Servers;
using Inventory.Servers.Java;
using Inventory.Servers.Packages;
using Inventory.Servers.Postgres;

namespace Inventory.Tests.Servers;

public sealed class PrerequisiteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Missing_Java_is_told_in_one_sentence()
    {
        var exception = Assert.Throws<MissingPrerequisiteException>(() => JavaRuntime.Find(home: null, searchPath: ""));

        Assert.Equal(
            "Java 11 or later is missing: install it with 'apt-get install openjdk-17-jre-headless'.",
            exception.Message);
    }

    [Theory]
    [InlineData("1.8.0_402", false)]
    [InlineData("9", false)]
    [InlineData("11.0.2", true)]
    [InlineData("17", true)]
    public void Only_a_recent_Java_will_do(string version, bool isRecent)
    {
        Directory.CreateDirectory(_folder.File("bin"));
        var java = _folder.File("bin/java");
        File.WriteAllText(java, "");
        File.WriteAllText(_folder.File("release"), $"IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"{version}\"\n");

        if (isRecent)
        {
            Assert.Equal(java, JavaRuntime.Find(_folder.Path, searchPath: null));
        }
        else
        {
            Assert.Throws<MissingPrerequisiteException>(() => JavaRuntime.Find(_folder.Path, searchPath: null));
        }
    }

    [Fact]
    public void Missing_PostgreSQL_is_told_in_one_sentence()
    {
        var exception = Assert.Throws<MissingPrerequisiteException>(
            () => PostgresInstallation.Find(_folder.File("nothing"), searchPath: ""));

        Assert.Equal(
            "PostgreSQL 15 or later is missing: install it with 'apt-get install postgresql'.", exception.Message);
    }

    [Fact]
    public void The_newest_complete_PostgreSQL_is_taken()
    {
        Install("9.6", "initdb", "postgres", "createdb");
        Install("15", "initdb", "postgres", "createdb");
        Install("16", "initdb", "postgres", "createdb");
        Install("17", "psql");

        var installation = PostgresInstallation.Find(_folder.Path, searchPath: "");

        Assert.Equal(_folder.File("16/bin"), installation.BinFolder);
    }

    [Fact]
    public async Task Missing_Node_is_told_in_one_sentence()
    {
        WriteLock("sha512-A");

        var exception = await Assert.ThrowsAsync<MissingPrerequisiteException>(() => NpmPackages.EnsureAsync(
            _folder.Path, "anything", searchPath: "", progress: null, TestContext.Current.CancellationToken));

        Assert.Equal(
            "Node.js 20 or later with npm is missing: install it with 'apt-get install nodejs npm'.",
            exception.Message);
    }

    [Fact]
    public void Packages_count_as_installed_when_npm_wrote_the_same_hashes()
    {
        WriteLock("sha512-A");
        Assert.False(PackageLock.IsInstalled(_folder.Path));

        WriteInstalled("sha512-A");
        Assert.True(PackageLock.IsInstalled(_folder.Path));

        WriteLock("sha512-B");
        Assert.False(PackageLock.IsInstalled(_folder.Path));
    }

    [Theory]
    [InlineData("kubernetes")]
    [InlineData("servers")]
    public void The_committed_lock_pins_every_package_by_hash_and_names_no_registry(string folder)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "eng", folder, "package-lock.json"));
        using var json = System.Text.Json.JsonDocument.Parse(text);

        Assert.DoesNotContain("resolved", text, StringComparison.Ordinal);
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        Assert.All(
            json.RootElement.GetProperty("packages").EnumerateObject().Where(package => package.Name.Length > 0),
            package => Assert.StartsWith(
                "sha512-", package.Value.GetProperty("integrity").GetString(), StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private void Install(string version, params string[] programs)
    {
        Directory.CreateDirectory(_folder.File($"{version}/bin"));
        foreach (var program in programs)
        {
            File.WriteAllText(_folder.File($"{version}/bin/{program}"), "");
        }
    }

    private void WriteLock(string hash) => File.WriteAllText(_folder.File("package-lock.json"), Lock(hash));

    private void WriteInstalled(string hash)
    {
        Directory.CreateDirectory(_folder.File("node_modules"));
        File.WriteAllText(_folder.File("node_modules/.package-lock.json"), Lock(hash));
    }

    private static string Lock(string hash) =>
        $$"""
        { "packages": {
          "": {},
          "node_modules/a": { "integrity": "{{hash}}" },
          "node_modules/b": { "integrity": "sha512-B", "cpu": ["none"] } } }
        """;
}
