using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Inventory.Tests.Gateway;

/// <summary>
/// A service behind the gateway that does what the test wants: a real one can't be made to misbehave. Its health checks
/// succeed unless the handler takes them.
/// </summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Upstream(WebApplication application) => _application = application;

    public string Address => _application.Urls.Single();

    public int Port => new Uri(Address).Port;

    /// <summary>The requests that came, except health checks.</summary>
    public ConcurrentQueue<UpstreamRequest> Requests { get; } = [];

    public bool Healthy { get; set; } = true;

    public static Task<Upstream> StartAsync(int port = 0, string address = "127.0.0.1") =>
        StartAsync(context => context.Response.WriteAsync("answer", context.RequestAborted), port, address);

    public static async Task<Upstream> StartAsync(RequestDelegate answer, int port = 0, string address = "127.0.0.1")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://{address}:{port}");
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var application = builder.Build();
        var upstream = new Upstream(application);
        application.Run(context => upstream.AnswerAsync(context, answer));
        await application.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private Task AnswerAsync(HttpContext context, RequestDelegate answer)
    {
        if (context.Request.Path == "/health")
        {
            context.Response.StatusCode = Healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        Requests.Enqueue(UpstreamRequest.From(context.Request));
        return answer(context);
    }
}
