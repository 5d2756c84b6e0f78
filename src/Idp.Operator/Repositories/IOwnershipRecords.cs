namespace Idp.Operator.Repositories;

/// <summary>What the operator itself keeps to know whose a repository is, where no tenant can write.</summary>
public interface IOwnershipRecords
{
    /// <summary>The keys that the operator signs with.</summary>
    /// <exception cref="OwnershipUnknownException">They cannot be had.</exception>
    Task<OwnershipKeys> GetKeysAsync(CancellationToken cancellationToken);

    /// <summary>The namespace and name of the BackendApp that adopted the repository last; null where none ever did.</summary>
    /// <exception cref="OwnershipUnknownException">That cannot be read.</exception>
    Task<string?> FindAdopterAsync(long repositoryId, CancellationToken cancellationToken);

    /// <summary>Records an adoption, before anything of the repository is written.</summary>
    /// <param name="repositoryId">The repository.</param>
    /// <param name="before">Who adopted it last, as it was when the adoption was decided.</param>
    /// <param name="adopter">The namespace and name of the BackendApp that adopts it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where another one was recorded meanwhile: then nothing is recorded.</returns>
    /// <exception cref="OwnershipUnknownException">It cannot be recorded.</exception>
    Task<bool> RecordAdoptionAsync(long repositoryId, string? before, string adopter, CancellationToken cancellationToken);
}

/// <summary>The operator's own records of ownership cannot be had, so nothing is decided by them.</summary>
/// <param name="message">What is wrong and what to do; holds no key.</param>
/// <param name="cause">What went wrong; null where nothing was thrown.</param>
public sealed class OwnershipUnknownException(string message, Exception? cause = null) : Exception(message, cause);
