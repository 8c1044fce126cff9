using Inventory.Contracts.Problems;
using Inventory.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Idempotency;

internal static class IdempotencyProblems
{
    public static ProblemHttpResult Conflict(string idName, Guid id) =>
        Problem.Create(
            StatusCodes.Status422UnprocessableEntity,
            ProblemCodes.IdempotencyConflict,
            "Id used before with another body",
            $"{idName} {id} was used before with another body; repeat the first request or choose a new id.");

    public static ProblemHttpResult IdMissing(string idName) =>
        Problem.Create(
            StatusCodes.Status400BadRequest,
            ProblemCodes.InvalidJson,
            "The body is not the expected JSON",
            $"{idName} is missing; send one, a UUID of your own choice, or the header {CommandId.Header}.");

    public static ProblemHttpResult InvalidId(string idName) =>
        Problem.Create(
            StatusCodes.Status400BadRequest,
            ProblemCodes.InvalidId,
            "Invalid id",
            $"{idName} must be a UUID of your own choice, not all zeros.");

    public static ProblemHttpResult InvalidKey() =>
        Problem.Create(
            StatusCodes.Status400BadRequest,
            ProblemCodes.IdempotencyKeyInvalid,
            "Invalid idempotency key",
            $"Send the header {CommandId.Header} once, with 1 to {CommandId.MaximumKeyLength} characters.");
}
