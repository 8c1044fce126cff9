using Inventory.AppHost.Reduced;

return await CommandLine.RunAsync(args);
