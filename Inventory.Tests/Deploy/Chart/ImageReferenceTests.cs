using Inventory.Contracts;

namespace Inventory.Tests.Deploy.Chart;

/// <summary>Where images come from.</summary>
public sealed class ImageReferenceTests(PublishedChart published)
{
    private static readonly string[] Own =
        [ResourceNames.CommandApi, ResourceNames.Gateway, ResourceNames.Migrations, ResourceNames.QueryApi, ResourceNames.Relay];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bug_images_were_whatever_was_latest_Now_each_says_its_version()
    {
        var chart = await published.LoadAsync(Cancellation);

        var images = (await chart.RenderAsync(ValueSet.TryOut)).Pods().ToDictionary(pod => pod.Key, pod => pod.Value.Spec.Containers[0].Image);

        Assert.All(images.Values, image => Assert.Matches(@"^[a-z0-9./-]+:\d+(\.\d+)+$", image));
        Assert.All(Own, service => Assert.Equal($"inventory/{service}:1.0.0", images[service]));
    }

    [Fact]
    public async Task Registry_and_tag_are_those_of_the_values_and_the_stores_keep_theirs()
    {
        var chart = await published.LoadAsync(Cancellation);

        var pods = (await chart.RenderAsync(
            ValueSet.TryOut, "image.registry=registry.test:5000", "image.tag=9.8.7", "workloads.relay.image.tag=9.8.6")).Pods();

        Assert.Equal("registry.test:5000/inventory/gateway:9.8.7", pods[ResourceNames.Gateway].Spec.Containers[0].Image);
        Assert.Equal("registry.test:5000/inventory/relay:9.8.6", pods[ResourceNames.Relay].Spec.Containers[0].Image);
        Assert.StartsWith("docker.io/apache/kafka:", pods[ResourceNames.Kafka].Spec.Containers[0].Image, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_pod_is_given_the_secrets_with_which_images_are_pulled()
    {
        var chart = await published.LoadAsync(Cancellation);

        var without = (await chart.RenderAsync(ValueSet.TryOut)).Pods();
        var with = (await chart.RenderAsync(ValueSet.TryOut, "imagePullSecrets[0]=pull")).Pods();

        Assert.All(without.Values, pod => Assert.Null(pod.Spec.ImagePullSecrets));
        Assert.All(with.Values, pod => Assert.Equal("pull", Assert.Single(pod.Spec.ImagePullSecrets).Name));
    }
}
