using Idp.CrdGenerator;

// Writes every generated file, or with --check says which ones are not as they would be written.
var root = RepositoryRoot.Find();
var check = args is ["--check"];
if (!check && args.Length > 0)
{
    await Console.Error.WriteLineAsync("usage: idp-crds [--check]");
    return 2;
}

var stale = 0;
foreach (var file in GeneratedFiles.All(root))
{
    var path = Path.Combine(root, file.Path);
    if (File.Exists(path) && await File.ReadAllTextAsync(path) == file.Content)
    {
        continue;
    }

    stale++;
    Console.WriteLine(check ? $"{file.Path} is not what the code says: run make generate" : $"wrote {file.Path}");
    if (!check)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? root);
        await File.WriteAllTextAsync(path, file.Content);
    }
}

return check && stale > 0 ? 1 : 0;
