using Inventory.Tools;
using Inventory.Tools.Endpoints;

namespace Inventory.Tests.Tools.Endpoints;

public sealed class EndpointsFileTests : IDisposable
{
    private const string Json = """
        {
          "gateway": "http://127.0.0.1:5080",
          "token": "secret",
          "connectionStrings": { "inventorydb": "Host=127.0.0.1", "inventory": "Contact Points=127.0.0.1" },
          "dashboard": "http://127.0.0.1:18888"
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_is_found_from_a_folder_below()
    {
        Write(Json);
        var below = Directory.CreateDirectory(_folder.File("a/b")).FullName;

        var system = EndpointsFile.Read(given: null, below);

        Assert.Equal(new Uri("http://127.0.0.1:5080"), system.Gateway);
        Assert.Equal("secret", system.Token);
        Assert.Equal("Host=127.0.0.1", system.ConnectionString("inventorydb"));
        Assert.Equal(_folder.File(".inventory"), EndpointsFile.StateFolder(below));
    }

    [Fact]
    public void Without_the_file_one_sentence_says_what_to_do()
    {
        var exception = Assert.Throws<ToolException>(() => EndpointsFile.Read(_folder.File("endpoints.json"), _folder.Path));

        Assert.Contains("./inventory run", exception.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Unusable, exception.ExitCode);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"token":"secret"}""")]
    public void A_damaged_file_is_told_in_a_sentence(string json)
    {
        Write(json);

        var exception = Assert.Throws<ToolException>(() => EndpointsFile.Read(given: null, _folder.Path));

        Assert.Contains("endpoints.json", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_that_is_missing_is_named()
    {
        Write(Json);

        var exception = Assert.Throws<ToolException>(() => EndpointsFile.Read(null, _folder.Path).ConnectionString("kafka"));

        Assert.Contains("kafka", exception.Message, StringComparison.Ordinal);
    }

    private void Write(string json)
    {
        Directory.CreateDirectory(_folder.File(".inventory"));
        File.WriteAllText(_folder.File(".inventory/endpoints.json"), json);
    }
}
