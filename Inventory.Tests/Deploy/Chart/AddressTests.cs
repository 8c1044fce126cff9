using Inventory.Contracts;
using Inventory.Contracts.Composition;
using k8s.Models;

namespace Inventory.Tests.Deploy.Chart;

/// <summary>By which names the system's parts find each other.</summary>
public sealed class AddressTests(PublishedChart published)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ResourceNames.QueryApi)]
    [InlineData(ResourceNames.CommandApi)]
    public async Task Bug_the_gateway_saw_one_address_of_all_pods_Now_it_sees_each(string service)
    {
        var chart = await published.LoadAsync(Cancellation);

        var manifests = await chart.RenderAsync(ValueSet.TryOut);

        var name = manifests.Of<V1Service>(service);
        Assert.Equal("None", name.Spec.ClusterIP);
        Assert.NotEqual(true, name.Spec.PublishNotReadyAddresses);
        Assert.Equal(
            $"http://{name.Metadata.Name}:{ServicePorts.Container}",
            manifests.Of<V1ConfigMap>(ResourceNames.Gateway).Data[ConfigurationKeys.Variable(ConfigurationKeys.Discovery(service))]);
    }

    [Fact]
    public async Task The_door_is_of_the_kind_that_the_values_say()
    {
        var chart = await published.LoadAsync(Cancellation);

        var door = (await chart.RenderAsync(ValueSet.TryOut, "workloads.gateway.service.type=ClusterIP")).Of<V1Service>(ResourceNames.Gateway);

        Assert.Equal("ClusterIP", door.Spec.Type);
        Assert.Equal(ServicePorts.Door, Assert.Single(door.Spec.Ports).Port);
    }

    [Theory]
    [InlineData(ResourceNames.Postgres, ExternalStores.PostgresService)]
    [InlineData(ResourceNames.Kafka, ExternalStores.KafkaService)]
    [InlineData(ResourceNames.Cassandra, ExternalStores.CassandraService)]
    public async Task The_name_of_a_store_is_its_own_or_an_alias_of_the_operators(string store, string alias)
    {
        var chart = await published.LoadAsync(Cancellation);

        var own = (await chart.RenderAsync(ValueSet.TryOut)).Of<V1Service>(store).Spec;
        var external = (await chart.RenderAsync(ValueSet.Of("production"))).Of<V1Service>(store).Spec;

        Assert.Null(own.ExternalName);
        Assert.NotEmpty(own.Selector);
        Assert.Equal("ExternalName", external.Type);
        Assert.Equal($"{alias}.default.svc.cluster.local", external.ExternalName);
        Assert.Null(external.Selector);
    }

    [Fact]
    public async Task Bug_an_alias_of_nothing_was_written_Now_nothing_in_the_chart_is_null()
    {
        var chart = await published.LoadAsync(Cancellation);
        foreach (var values in ValueSet.All)
        {
            var lines = (await chart.TemplateAsync(values, Cancellation)).Split('\n');

            Assert.DoesNotContain(lines, line => line.EndsWith(": null", StringComparison.Ordinal));
            Assert.DoesNotContain(lines, line => line.Contains("<no value>", StringComparison.Ordinal));
        }
    }
}
