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

    public static Task<ServiceHost> StartAsync(string connectionString) =>
        ServiceHost.StartAsync(QueryApiApplication.Build(ArgumentsFor(connectionString)));

    /// <summary>Whose every read of Cassandra fails.</summary>
    public static Task<ServiceHost> StartFailingAsync(Func<Exception> failure) =>
        ServiceHost.StartAsync(QueryApiApplication.Build(
            ArgumentsFor(Nowhere),
            services => services.Replace(
                ServiceDescriptor.Singleton<IStockReader>(new FailingStockReader(failure)))));

    public static Task<HttpResponseMessage> ReadAsync(this ServiceHost host, string path) =>
        host.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public static async Task<HttpResponseMessage> ReadBatchAsync(
        this ServiceHost host, string body, string contentType = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        return await host.Client.PostAsync(
            new Uri("/stocks/batch", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    private static string[] ArgumentsFor(string connectionString) => ServiceHost.Arguments(
        Project, KeyValuePair.Create($"ConnectionStrings:{ResourceNames.Keyspace}", connectionString));
}
