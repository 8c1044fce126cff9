using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Inventory.AppHost.Endpoints;
using Inventory.Contracts;
using Inventory.Contracts.Composition;

namespace Inventory.Tests.EndToEnd;

/// <summary>
/// The AppHost of the full set as <c>aspire run</c> starts it. Needs a container runtime; with the variable
/// <c>INVENTORY_SERVERS=embedded</c> the stores are programs of this machine.
/// </summary>
public sealed class AspireSystemTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task An_order_posted_at_the_gateway_is_read_back_at_the_gateway()
    {
        var signingKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        using var deadline = new CancellationTokenSource(Patience);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(
            deadline.Token, TestContext.Current.CancellationToken);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Inventory_AppHost>(
            [
                $"--Parameters:{ParameterNames.TokenSigningKey}={signingKey}",
                $"--endpoints-file={Path.Combine(Path.GetTempPath(), $"inventory-{Guid.NewGuid():n}.json")}",
                .. Servers(),
            ],
            both.Token);
        KeepNoData(builder);
        await using var application = await builder.BuildAsync(both.Token);
        await application.StartAsync(both.Token);
        await application.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Relay, both.Token);
        await application.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Gateway, both.Token);

        using var gateway = application.CreateHttpClient(ResourceNames.Gateway, "http");
        var token = new DevelopmentTokens(signingKey).Create(DevelopmentTokens.WriteScope);
        await new OrderScenario(gateway, token).RunAsync(
            Random.Shared.NextInt64(1_000_000_000, 2_000_000_000), both.Token);
    }

    // The volumes are the developer's, and so is what is in them.
    private static void KeepNoData(IDistributedApplicationTestingBuilder builder)
    {
        foreach (var resource in builder.Resources)
        {
            foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>().ToList())
            {
                resource.Annotations.Remove(mount);
            }
        }
    }

    private static string[] Servers() =>
        Environment.GetEnvironmentVariable("INVENTORY_SERVERS") is { Length: > 0 } servers ? ["--servers", servers] : [];
}
