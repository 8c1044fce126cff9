using System.Text;
using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.QueryApi;
using Inventory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Inventory.Tests.QueryApi;

/// <summary>The real query API with its real appsettings.json.</summary>
internal static class QueryApiHost
{
    /// <summary>Where no Cassandra is.</summary>
    public const string Nowhere = "Contact Points=127.0.0.1;Port=1";

    private const string Project = "Inventory.QueryApi";

    public static Task<ServiceHost> StartAsync(string connectionString, params (string Key, string Value)[] settings) =>
        ServiceHost.StartAsync(QueryApiApplication.Build(ArgumentsFor(connectionString, settings)));

    /// <summary>Whose every read of Cassandra fails.</summary>
    public static Task<ServiceHost> StartFailingAsync(Func<Exception> failure) =>
        StartAsync(new FailingStockReader(failure));

    /// <summary>On a Cassandra of the test's.</summary>
    public static Task<ServiceHost> StartAsync(IStockReader cassandra, params (string Key, string Value)[] settings) =>
        ServiceHost.StartAsync(QueryApiApplication.Build(
            ArgumentsFor(Nowhere, settings),
            services => services.Replace(ServiceDescriptor.Singleton(cassandra))));

    public static Task<HttpResponseMessage> ReadAsync(this ServiceHost host, string path) =>
        host.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public static async Task<HttpResponseMessage> ReadBatchAsync(
        this ServiceHost host, string body, string contentType = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        return await host.Client.PostAsync(
            new Uri("/stocks/batch", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    private static string[] ArgumentsFor(string connectionString, (string Key, string Value)[] settings) =>
        ServiceHost.Arguments(
            Project,
            [
                KeyValuePair.Create($"ConnectionStrings:{ResourceNames.Keyspace}", connectionString),
                .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)),
            ]);
}
