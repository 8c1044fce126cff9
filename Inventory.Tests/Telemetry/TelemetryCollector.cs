using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Inventory.Tests.Telemetry;

/// <summary>Takes OTLP over HTTP on loopback and keeps the spans.</summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<CollectedSpan> _spans = new();

    private TelemetryCollector(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.Single());

    public IEnumerable<CollectedSpan> Spans => _spans;

    public static async Task<TelemetryCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        var collector = new TelemetryCollector(application);
        application.MapPost("/v1/traces", collector.TakeTracesAsync);
        application.MapPost("/v1/{signal}", () => Results.Ok());
        await application.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task TakeTracesAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        foreach (var span in TraceRequestReader.Read(body.ToArray()))
        {
            _spans.Enqueue(span);
        }
    }
}
