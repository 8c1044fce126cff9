namespace Inventory.Tests.Deploy.Chart;

/// <summary>What publishing leaves on the disk.</summary>
public sealed class PublishingTests(PublishedChart published)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bug_secrets_of_a_publish_landed_in_the_home_folder_Now_nothing_does()
    {
        var chart = await published.LoadAsync(Cancellation);

        Assert.DoesNotContain(
            Files(chart.Folder).Concat(Files(published.Home)),
            file => File.ReadAllText(file).Contains(PublishedChart.GivenSecret, StringComparison.Ordinal));
        Assert.DoesNotContain(
            Files(published.Home),
            file => file.Contains("deployments", StringComparison.Ordinal) || file.EndsWith("secrets.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_values_ask_for_every_secret_and_hold_none()
    {
        var chart = await published.LoadAsync(Cancellation);

        Assert.Equal(
            ["secrets.command-api-password", "secrets.postgres-password", "secrets.relay-password", "secrets.token-signing-key"],
            chart.Secrets.Order(StringComparer.Ordinal));
        Assert.All(chart.DefaultValues.At("secrets")!.Fields(), secret => Assert.Equal("", secret.Value.ToString()));
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);
}
