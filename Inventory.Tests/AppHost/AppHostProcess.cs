using System.Security.Cryptography;
using System.Text.Json;
using Inventory.AppHost.Endpoints;
using Inventory.Contracts.Composition;
using Inventory.Servers.Processes;
using Inventory.Tests.Hosting;

namespace Inventory.Tests.AppHost;

/// <summary>The AppHost as a program, as <c>dotnet run</c> starts it, with data of its own.</summary>
internal sealed class AppHostProcess(string folder)
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private static readonly string Program = BuiltProgram.Assembly("Inventory.AppHost");

    private string EndpointsPath { get; } = Path.Combine(folder, "endpoints.json");

    public Task<ChildProcess> StartAsync(params (string Name, string? Value)[] environment) => ChildProcess.StartAsync(
        new ChildProcessOptions
        {
            Name = "AppHost",
            FileName = "dotnet",
            Arguments =
            [
                Program, "--stores", "embedded", "--data-directory", folder, "--endpoints-file", EndpointsPath,
                "--gateway-port", "0", "--no-dashboard", .. Secrets(),
            ],
            Environment = environment.ToDictionary(each => each.Name, each => each.Value),
            LogFile = Path.Combine(folder, "apphost.log"),
            StopTimeout = TimeSpan.FromMinutes(1),
        });

    /// <summary>Returns when everything is ready.</summary>
    public async Task<SystemEndpoints> ReadyAsync(ChildProcess process)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!File.Exists(EndpointsPath))
        {
            Assert.False(process.HasExited, process.ReadLogTail());
            Assert.True(TimeProvider.System.GetElapsedTime(began) < StartTimeout, process.ReadLogTail());
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        await using var stream = File.OpenRead(EndpointsPath);
        return (await JsonSerializer.DeserializeAsync(
            stream, EndpointsJson.Default.SystemEndpoints, TestContext.Current.CancellationToken))!;
    }

    private static IEnumerable<string> Secrets() =>
        new[]
        {
            ParameterNames.PostgresPassword, ParameterNames.CommandApiPassword, ParameterNames.RelayPassword,
            ParameterNames.TokenSigningKey,
        }.Select(name => $"--Parameters:{name}={Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}");
}
