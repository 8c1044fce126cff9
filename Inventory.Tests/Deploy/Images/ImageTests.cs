using System.Xml.Linq;
using Inventory.Contracts;
using Inventory.Servers.Packages;
using Inventory.Tests.Hosting;

namespace Inventory.Tests.Deploy.Images;

/// <summary>The images that deploy/README.md names are those that the projects make.</summary>
public sealed class ImageTests
{
    [Theory]
    [InlineData("Inventory.CommandApi", ResourceNames.CommandApi)]
    [InlineData("Inventory.Gateway", ResourceNames.Gateway)]
    [InlineData("Inventory.Migrations", ResourceNames.Migrations)]
    [InlineData("Inventory.QueryApi", ResourceNames.QueryApi)]
    [InlineData("Inventory.Relay", ResourceNames.Relay)]
    public void An_image_is_called_by_its_resource(string project, string resource)
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, project, $"{project}.csproj"));

        Assert.Equal($"inventory/{resource}", Assert.Single(file.Descendants("ContainerRepository")).Value);
        Assert.Contains(file.Descendants("Import"), import => (string?)import.Attribute("Project") == "../eng/Image.props");
    }

    [Theory]
    [InlineData("eng/Image.props")]
    [InlineData("Inventory.QueryApi/Inventory.QueryApi.csproj")]
    public void No_image_has_a_shell(string file)
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, file));

        Assert.EndsWith("-chiseled", Assert.Single(project.Descendants("ContainerBaseImage")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void No_image_runs_as_root()
    {
        var image = XDocument.Load(Path.Combine(Repository.Root, "eng", "Image.props"));

        Assert.Equal("app", Assert.Single(image.Descendants("ContainerUser")).Value);
        Assert.DoesNotContain(
            Directory.EnumerateDirectories(Repository.Root, "Inventory.*")
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj")),
            project => XDocument.Load(project).Descendants("ContainerUser").Any());
    }

    /// <summary>
    /// The package's first choice, librdkafka.so, needs libsasl2.so.3, which a chiseled image lacks; Confluent.Kafka then takes
    /// this one (PublishedServiceTests).
    /// </summary>
    [Theory]
    [InlineData("Inventory.Migrations")]
    [InlineData("Inventory.QueryApi")]
    [InlineData("Inventory.Relay")]
    public void Who_talks_to_Kafka_brings_a_client_library_that_needs_nothing_but_the_C_library(string project) =>
        Assert.True(File.Exists(Path.Combine(
            Path.GetDirectoryName(BuiltProgram.Assembly(project))!,
            "runtimes",
            "linux-x64",
            "native",
            PublishedService.KafkaLibrary)));

    [Fact]
    public void The_guide_names_files_that_are_there()
    {
        var guide = File.ReadAllText(Path.Combine(DeployFiles.Folder, "README.md"));

        Assert.All(DeployFiles.All, file => Assert.Contains(file, guide, StringComparison.Ordinal));
    }
}
