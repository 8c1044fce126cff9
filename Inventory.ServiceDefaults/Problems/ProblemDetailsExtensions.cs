using Microsoft.Extensions.DependencyInjection;

namespace Inventory.ServiceDefaults.Problems;

internal static class ProblemDetailsExtensions
{
    public static void AddInventoryProblemDetails(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = StatusProblems.Complete);
        services.AddExceptionHandler<ExceptionProblems>();
    }
}
