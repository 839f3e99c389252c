import {
  archiveContentRequest,
  archiveRequest,
  comparePackagesRequest,
  editArchiveRequest,
} from "./archive.ts";
import { setBaseFolderRequest } from "./base-folder.ts";
import { buildRequest } from "./build.ts";
import { checkDatabasesRequest } from "./check-databases.ts";
import { databaseDiagramRequest, exportDiagramRequest } from "./diagram.ts";
import { dryRunRequest, exportDryRunRequest } from "./dry-run.ts";
import { autoCloseRequest, bumpVersionRequest, commitSubjectsRequest } from "./editing.ts";
import { fileFixesRequest } from "./file-fixes.ts";
import { changeFileListRequest, fileBadgesRequest, unlistedFilesRequest } from "./files.ts";
import { introPreviewRequest } from "./intro-preview.ts";
import { exportMatrixRequest, matrixRequest } from "./matrix.ts";
import { frameworkTextRequest, nowhereRequest } from "./moving.ts";
import { newPackageChoicesRequest, newPackageRequest } from "./new-package.ts";
import { packageContentsRequest, packagesRequest } from "./packages-view.ts";
import { perlViewRequest } from "./perl-views.ts";
import { begunReleasesRequest, releaseRequest } from "./release.ts";
import {
  changeRepositoriesRequest,
  fetchRepositoriesRequest,
  offeredArchiveRequest,
  offersRequest,
  orderRequest,
  performOrderRequest,
  repositoriesRequest,
} from "./repositories.ts";
import {
  applyRequest,
  createSandboxRequest,
  deployCheckRequest,
  dropRequest,
  repairRequest,
  sandboxOperationsRequest,
  systemsRequest,
  undoRequest,
} from "./sandbox.ts";
import {
  outlookRequest,
  sandboxDetailsRequest,
  sandboxPackagesRequest,
  shownIntroRequest,
} from "./sandbox-view.ts";
import { scenariosRequest } from "./scenarios.ts";
import { serveRequest, stopServingRequest } from "./serve.ts";
import { sqlPreviewRequest } from "./sql-preview.ts";
import {
  linkRequest,
  phasesRequest,
  runPhaseRequest,
  testSystemRunRequest,
  testSystemTaskRequest,
  unitTestsRequest,
} from "./test-systems.ts";
import { runTrialRequest, trialsRequest } from "./trials.ts";
import { verifyRequest } from "./verify.ts";
import { versionsRequest, versionTextRequest } from "./versions.ts";

/** All requests of ours, for whoever must not forget one, such as the table of shapes. */
export const requests = {
  autoCloseRequest,
  bumpVersionRequest,
  commitSubjectsRequest,
  fileFixesRequest,
  sqlPreviewRequest,
  introPreviewRequest,
  databaseDiagramRequest,
  verifyRequest,
  exportDiagramRequest,
  matrixRequest,
  exportMatrixRequest,
  newPackageChoicesRequest,
  newPackageRequest,
  begunReleasesRequest,
  releaseRequest,
  buildRequest,
  dryRunRequest,
  exportDryRunRequest,
  scenariosRequest,
  trialsRequest,
  runTrialRequest,
  systemsRequest,
  createSandboxRequest,
  applyRequest,
  sandboxOperationsRequest,
  undoRequest,
  deployCheckRequest,
  dropRequest,
  repairRequest,
  setBaseFolderRequest,
  frameworkTextRequest,
  nowhereRequest,
  perlViewRequest,
  checkDatabasesRequest,
  fileBadgesRequest,
  changeFileListRequest,
  unlistedFilesRequest,
  archiveRequest,
  archiveContentRequest,
  comparePackagesRequest,
  editArchiveRequest,
  versionsRequest,
  versionTextRequest,
  packagesRequest,
  packageContentsRequest,
  sandboxPackagesRequest,
  sandboxDetailsRequest,
  outlookRequest,
  shownIntroRequest,
  repositoriesRequest,
  offersRequest,
  fetchRepositoriesRequest,
  changeRepositoriesRequest,
  orderRequest,
  performOrderRequest,
  offeredArchiveRequest,
  serveRequest,
  stopServingRequest,
  testSystemRunRequest,
  testSystemTaskRequest,
  phasesRequest,
  runPhaseRequest,
  linkRequest,
  unitTestsRequest,
} as const;
