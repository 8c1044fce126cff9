using System.Text.Json;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

public sealed class OpenApiTests(RealServers servers)
{
    [Fact]
    public async Task The_service_describes_itself()
    {
        await using var api = await CommandApiHost.StartAsync(await servers.PostgresAsync());

        using var response = await api.GetAsync("/openapi/v1.json");

        using var description = JsonDocument.Parse(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            [
                "/corrections",
                "/inbounds",
                "/orders",
                "/orders/{orderId}",
                "/orders/{orderId}/cancel",
                "/reservations",
                "/reservations/{reservationId}",
                "/reservations/{reservationId}/confirm",
                "/stocks/{vendorItemId}/{fulfillmentCenterId}/ledger",
            ],
            description.RootElement.GetProperty("paths").EnumerateObject()
                .Select(path => path.Name.TrimEnd('/'))
                .Order(StringComparer.Ordinal));
    }
}
