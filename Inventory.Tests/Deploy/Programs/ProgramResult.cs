namespace Inventory.Tests.Deploy.Programs;

/// <summary>What a program said and how it ended.</summary>
internal sealed record ProgramResult(string CommandLine, int ExitCode, string Output, string Error)
{
    /// <returns>What it wrote to its standard output.</returns>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"{CommandLine}\nended with {ExitCode}:\n{Error}\n{Output}");
        return Output;
    }

    /// <returns>What it wrote to its standard error.</returns>
    public string Failed()
    {
        Assert.True(ExitCode != 0, $"{CommandLine}\nsucceeded:\n{Output}");
        return Error;
    }
}
