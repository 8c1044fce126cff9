using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Inventory.AppHost.Endpoints;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Servers.Ports;
using Inventory.Servers.Processes;
using Inventory.Tests.Hosting;

namespace Inventory.Tests.CommandApi;

/// <summary>An instance of CommandApi in a process of its own, which can be killed and started again.</summary>
internal sealed class CommandApiProcess : IAsyncDisposable
{
    private static readonly string Program = BuiltProgram.Assembly("Inventory.CommandApi");
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly ChildProcessOptions _options;
    private ChildProcess _process = null!;

    private CommandApiProcess(ChildProcessOptions options, Uri address, string token)
    {
        _options = options;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public HttpClient Client { get; }

    public string LogFile => _options.LogFile;

    /// <param name="name">Of the instance, for its log.</param>
    /// <param name="folder">For its log and the key of its tokens.</param>
    /// <param name="connectionString">Of a database with the newest schema.</param>
    /// <param name="settings">Environment variables.</param>
    public static async Task<CommandApiProcess> StartAsync(
        string name, string folder, string connectionString, params (string Name, string Value)[] settings)
    {
        Directory.CreateDirectory(folder);
        var tokens = DevelopmentTokens.Open(Path.Combine(folder, "key"));
        var address = new Uri(string.Create(
            CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Take(IPAddress.Loopback)}"));
        var environment = new Dictionary<string, string?>(tokens.Environment)
        {
            [$"ConnectionStrings__{ResourceNames.Database}"] = connectionString,
            ["ASPNETCORE_URLS"] = address.OriginalString,
            ["Logging__LogLevel__Default"] = "Warning",
            ["DOTNET_gcServer"] = "0",
        };
        foreach (var (setting, value) in settings)
        {
            environment[setting] = value;
        }

        var options = new ChildProcessOptions
        {
            Name = name,
            FileName = "dotnet",
            Arguments = [Program],
            WorkingDirectory = Path.GetDirectoryName(Program),
            Environment = environment,
            LogFile = Path.Combine(folder, $"{name}.log"),
        };
        var instance = new CommandApiProcess(options, address, tokens.Create(DevelopmentTokens.WriteScope));
        await instance.StartAsync();
        return instance;
    }

    /// <summary>SIGKILL; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.Exited;
    }

    /// <summary>Starts it again at the same address.</summary>
    public async Task StartAsync()
    {
        _process = await ChildProcess.StartAsync(_options);
        var began = TimeProvider.System.GetTimestamp();
        while (!await IsReadyAsync())
        {
            Assert.False(_process.HasExited, _process.ReadLogTail());
            Assert.True(TimeProvider.System.GetElapsedTime(began) < StartTimeout, _process.ReadLogTail());
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Client.GetAsync(
                new Uri(HealthPaths.Ready, UriKind.Relative), TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
