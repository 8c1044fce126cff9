using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.QueryApi.Answers;
using Inventory.QueryApi.Caching;
using Inventory.QueryApi.Changes;
using Inventory.QueryApi.Pushing;
using Inventory.QueryApi.Stocks;
using Inventory.ServiceDefaults;
using Inventory.ServiceDefaults.Problems;
using Inventory.ServiceDefaults.Requests;
using Microsoft.Extensions.Options;

namespace Inventory.QueryApi;

/// <summary>Stock reads: stateless, from Cassandra only.</summary>
internal static class QueryApiApplication
{
    /// <param name="args">The command line.</param>
    /// <param name="replaceServices">What a test puts in the place of the real thing.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replaceServices = null)
    {
        // Slim, and without watching the files of a container, whose files do not change: every millisecond of a start counts.
        var builder = WebApplication.CreateSlimBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        builder.AddServiceDefaults();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Limits.MaxRequestBodySize = RequestLimits.MaximumBodyBytes);
        builder.Services.AddCassandra(builder.Configuration, ResourceNames.Keyspace);
        builder.Services.AddSingleton<IExceptionStatus, CassandraExceptionStatus>();
        builder.Services.AddStockCache(builder.Configuration);
        builder.Services.AddItemAnswers();
        builder.Services.AddChangeFeed(builder.Configuration);
        builder.Services.AddOptions<StockRequestOptions>()
            .Bind(builder.Configuration.GetSection(StockRequestOptions.SectionName))
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<StockRequestOptions>, StockRequestOptionsValidator>();
        builder.Services.AddSingleton<FreshnessHeaders>();
        builder.Services.AddSingleton<StockResponse>();
        builder.Services.AddSingleton<VersionWait>();
        builder.Services.AddSingleton<ChangeFollower>();
        builder.Services.AddSingleton<ChangesEndpoint>();
        builder.Services.AddOpenApi();
        replaceServices?.Invoke(builder.Services);

        var app = builder.Build();
        app.Services.ConnectCassandraEarly();
        app.UseMiddleware<StockReadMiddleware>();
        // By name, or WebApplication would put it before the middleware above: a route's values are 250 bytes a request.
        app.UseRouting();
        app.UseServiceDefaults();
        app.MapStocks();
        app.MapOpenApi();
        return app;
    }
}
